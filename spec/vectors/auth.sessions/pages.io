// The sessions of the caller's account; `local` has none.
>> {"jsonrpc":"2.0","id":1,"method":"auth.sessions"}
<< {"jsonrpc":"2.0","id":1,"result":{"sessions":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.sessions","params":{"account":"nobody"}}
<< {"jsonrpc":"2.0","id":2,"result":{"sessions":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"auth.sessions","params":{"limit":1}}
<< {"jsonrpc":"2.0","id":3,"result":{"sessions":[]}}
