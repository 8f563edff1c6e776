// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.addKey","params":{"name":"x"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.addKey","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.addKey","params":{"name":"x","publicKey":"ssh-ed25519 AAAA"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
