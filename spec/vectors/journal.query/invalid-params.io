// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"journal.query","params":{"account":"No Name"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/account","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"journal.query","params":{"order":"up"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/order","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"journal.query","params":{"since":"yesterday"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/since","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"journal.query","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"journal.query","params":{"cursor":"x"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
