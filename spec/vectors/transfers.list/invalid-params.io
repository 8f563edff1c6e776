// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"transfers.list","params":{"state":"done"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/state","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.list","params":{"state":""}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/state","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.list","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"transfers.list","params":{"limit":10001}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"transfers.list","params":{"cursor":""}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"transfers.list","params":{"cursor":"not a cursor"}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":7,"method":"transfers.list","params":{"kind":"upload"}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/kind","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":8,"method":"transfers.list","params":["running",null,10,1]}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
