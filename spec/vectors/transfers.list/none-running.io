// Nothing runs, so the page is empty and has no cursor.
>> {"jsonrpc":"2.0","id":1,"method":"transfers.list","params":{"state":"running"}}
<< {"jsonrpc":"2.0","id":1,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"transfers.list","params":["running",null,10]}
<< {"jsonrpc":"2.0","id":2,"result":{"transfers":[]}}
