// An id comes back byte for byte as it was sent: strings, integers, fractions, large numbers, null.
>> {"jsonrpc":"2.0","id":"a","method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":"a","result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":"","method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":"","result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":"\u00e9 \" \\","method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":"\u00e9 \" \\","result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":0,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":0,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":-1,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":-1,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":1.50,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":1.50,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":1e2,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":1e2,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":123456789012345678901234567890,"result":{"transfers":[]}}
>> {"jsonrpc":"2.0","id":null,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":null,"result":{"transfers":[]}}
