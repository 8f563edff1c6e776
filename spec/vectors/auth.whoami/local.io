// The server's own user needs no login.
>> {"jsonrpc":"2.0","id":1,"method":"auth.whoami"}
<< {"jsonrpc":"2.0","id":1,"result":{"account":"local","role":"admin"}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.whoami","params":{}}
<< {"jsonrpc":"2.0","id":2,"result":{"account":"local","role":"admin"}}
