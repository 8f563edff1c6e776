// Nothing was done by an account that never was: no rows where sums are told apart.
>> {"jsonrpc":"2.0","id":1,"method":"journal.totals","params":{"by":["account","day"],"account":"vector-nobody"}}
<< {"jsonrpc":"2.0","id":1,"result":{"rows":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"journal.totals","params":{"by":["method"],"until":"2001-01-01T00:00:00Z"}}
<< {"jsonrpc":"2.0","id":2,"result":{"rows":[]}}
