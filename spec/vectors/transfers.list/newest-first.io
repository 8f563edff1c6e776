// The newest transfer comes first; the cursor leads to those before it.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.upload"}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<first=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.upload"}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<second=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.list","params":{"state":"pending","limit":1}}
<< {"jsonrpc":"2.0","id":3,"result":{"transfers":[{"id":"<second>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}],"cursor":"<next=text>"}}
>> {"jsonrpc":"2.0","id":4,"method":"transfers.list","params":{"state":"pending","limit":1,"cursor":"<next>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"transfers":[{"id":"<first>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}],"...":"<any>"}}
>> {"jsonrpc":"2.0","id":5,"method":"transfers.cancel","params":{"id":"<second>"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<second>","kind":"upload","state":"cancelled","...":"<any>"}}
>> {"jsonrpc":"2.0","id":6,"method":"transfers.cancel","params":{"id":"<first>"}}
<< {"jsonrpc":"2.0","id":6,"result":{"id":"<first>","kind":"upload","state":"cancelled","...":"<any>"}}
