// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.get","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.get","params":{"name":"-x"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
