// JSON that is no request is answered with invalidRequest and a null id.
>> {}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"id":1,"method":"server.info"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"jsonrpc":"1.0","id":1,"method":"server.info"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":1}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":1,"method":1}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":1,"method":"server.info","params":"none"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":{"a":1},"method":"server.info"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}
