// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"journal.totals","params":{"by":["week"]}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/by/0","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"journal.totals","params":{"by":["day","day","day","day"]}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/by","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"journal.totals","params":{"since":1}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/since","reason":"<text>"}}}
