// Without a session there is nothing to end, and that is no error.
>> {"jsonrpc":"2.0","id":1,"method":"auth.logout"}
<< {"jsonrpc":"2.0","id":1,"result":{"account":"local","role":"admin"}}
