// An archive may come; it does not.
>> {"jsonrpc":"2.0","id":1,"method":"flists.upload","params":{"name":"vector-upload","account":"local","public":true}}
<< {"jsonrpc":"2.0","id":1,"result":{"id":"<id=hex32>","kind":"upload","state":"pending","method":"PUT","url":"/transfers/<token>","createdAt":"<time>","expiresAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.cancel","params":{"id":"<id>"}}
<< {"jsonrpc":"2.0","id":2,"result":{"id":"<id>","kind":"upload","state":"cancelled","createdAt":"<time>","expiresAt":"<time>","endedAt":"<time>","bytes":0,"items":0}}
>> {"jsonrpc":"2.0","id":3,"method":"flists.upload","params":{"name":"vector-upload","account":"nobody-here"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"flists.upload","params":{"name":"vector-upload","account":"local","ifMatch":"0000000000000000000000000000000000000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":412,"message":"<text>","data":{"name":"preconditionFailed","...":"<any>"}}}
