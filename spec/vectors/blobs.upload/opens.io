// An upload waits for its URL to be used. Each has an id and a URL of its own.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.upload"}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<transfer=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.upload","params":{}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<second=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.upload","params":[]}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<third=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":4,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"<transfer>","kind":"upload","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":5,"method":"transfers.cancel","params":{"id":"<second>"}}
<< {"jsonrpc":"2.0","id":5,"result":{"id":"<second>","kind":"upload","state":"cancelled","...":"<any>"}}
>> {"jsonrpc":"2.0","id":6,"method":"transfers.cancel","params":{"id":"<third>"}}
<< {"jsonrpc":"2.0","id":6,"result":{"id":"<third>","kind":"upload","state":"cancelled","...":"<any>"}}
