// A request without an id is never answered, whether it works or not; the answer after it shows that nothing came before.
>> {"jsonrpc":"2.0","method":"transfers.list","params":["running"]}
>> {"jsonrpc":"2.0","method":"transfers.get","params":{"id":"nothing"}}
>> {"jsonrpc":"2.0","method":"no.such"}
>> {"jsonrpc":"2.0","id":1,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":1,"result":{"transfers":[]}}
