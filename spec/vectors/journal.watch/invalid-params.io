// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"journal.watch","params":{"after":-1}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/after","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"journal.watch","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"journal.watch","params":{"account":"No Name"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/account","reason":"<text>"}}}
