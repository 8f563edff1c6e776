// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.list","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.list","params":{"cursor":"No Name"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
