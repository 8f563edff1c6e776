// Broken JSON whose end can be told is answered with parseError and a null id, and what follows is served.
>> {"jsonrpc":"2.0","id":1,"method":"server.info",}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"<text>","data":{"name":"parseError","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":1,"method":}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"<text>","data":{"name":"parseError","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":01,"method":"server.info"}
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"<text>","data":{"name":"parseError","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":2,"result":{"transfers":[]}}
