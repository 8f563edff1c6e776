// Unknown members of a request are passed over, their order does not count, and of a member that is there twice the last counts.
>> {"method":"transfers.list","trace":{"a":[1]},"id":1,"params":["running"],"jsonrpc":"2.0"}
<< {"jsonrpc":"2.0","id":1,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"no.such","method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":2,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"transfers.list","params":{"state":"running","limit":10,"limit":20}}
<< {"jsonrpc":"2.0","id":3,"result":{"transfers":[]}}
// A name may be written with escapes.
>> {"jsonrpc":"2.0","id":4,"method":"transfers\u002elist","params":{"st\u0061te":"r\u0075nning"}}
<< {"jsonrpc":"2.0","id":4,"result":{"transfers":[]}}
