// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"auth.sessions","params":{"account":"No Name"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/account","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.sessions","params":{"all":1}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/all","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.sessions","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"auth.sessions","params":{"cursor":"x"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
