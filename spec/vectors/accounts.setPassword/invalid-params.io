// Each constraint of the contract is held, and those that it cannot say.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.setPassword","params":{"password":"a password of a vector"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/name","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.setPassword","params":{"name":"x","password":"too short!!"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/password","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.setPassword","params":{"name":"x","password":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/password","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"accounts.setPassword","params":{"name":"x","password":"a line\nfeed in it"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/password","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"accounts.setPassword","params":{"name":"x","password":7}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/password","reason":"<text>"}}}
