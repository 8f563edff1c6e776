// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"x"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/role","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.create","params":{"role":"user"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.create","params":{"name":"X","role":"user"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"accounts.create","params":{"name":"x","role":"guest"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/role","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"accounts.create","params":{"name":"x","role":"user","publicKey":"ssh-rsa AAAA"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
