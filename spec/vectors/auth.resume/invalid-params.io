// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"auth.resume","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/token","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.resume","params":{"token":""}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/token","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.resume","params":{"token":1}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/token","reason":"<text>"}}}
