// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"auth.challenge"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.challenge","params":{}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.challenge","params":{"publicKey":""}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"auth.challenge","params":{"publicKey":7}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"auth.challenge","params":{"publicKey":"ssh-dss AAAA"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/publicKey","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"auth.challenge","params":{"publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPDcBdpzS++gqGH52JatEqOLMvsxcEva/yGKjrQ+Igf0","x":1}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/x","reason":"<text>"}}}
