// A method without parameters takes none.
>> {"jsonrpc":"2.0","id":1,"method":"server.info","params":{"verbose":true}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/verbose","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"server.info","params":[1]}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
