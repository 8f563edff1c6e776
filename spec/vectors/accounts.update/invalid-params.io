// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.update","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.update","params":{"name":"x","role":"owner"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/role","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.update","params":{"name":"x","disabled":"yes"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/disabled","reason":"<text>"}}}
