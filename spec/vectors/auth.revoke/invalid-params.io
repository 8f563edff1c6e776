// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"auth.revoke","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/id","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.revoke","params":{"id":"0"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/id","reason":"<text>"}}}
