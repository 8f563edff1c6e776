// Force is true or false, and nothing that resembles it.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.delete","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000"],"force":"true"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/force","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.delete","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000"],"force":1}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/force","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.delete","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000"],"force":null}}
<< {"jsonrpc":"2.0","id":3,"result":{"results":[{"id":"0000000000000000000000000000000000000000000000000000000000000000","status":"absent"}]}}
