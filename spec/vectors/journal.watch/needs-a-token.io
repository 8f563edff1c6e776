// Entries come as notifications, so without a token for them there is nothing to watch.
>> {"jsonrpc":"2.0","id":1,"method":"journal.watch","params":{"after":0}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/progress","reason":"<text>"}}}
