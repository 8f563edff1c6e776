// Nothing was done by an account that never was.
>> {"jsonrpc":"2.0","id":1,"method":"journal.query","params":{"account":"vector-nobody"}}
<< {"jsonrpc":"2.0","id":1,"result":{"entries":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"journal.query","params":{"method":"blobs.put","outcome":"nonsense"}}
<< {"jsonrpc":"2.0","id":2,"result":{"entries":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"journal.query","params":{"until":"2001-01-01T00:00:00Z","order":"oldest","limit":1}}
<< {"jsonrpc":"2.0","id":3,"result":{"entries":[]}}
