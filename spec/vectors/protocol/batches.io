// A batch is answered by one array, its notifications by nothing, a member that is no request by an error of its own.
>> [{"jsonrpc":"2.0","id":"a","method":"transfers.list","params":["running"]},{"jsonrpc":"2.0","method":"transfers.list"},{"jsonrpc":"2.0","id":"b","method":"no.such"},7,{"jsonrpc":"2.0","id":"c","method":"blobs.has","params":{"ids":[]}}]
<< [{"jsonrpc":"2.0","id":"b","error":{"code":-32601,"message":"<text>","data":{"name":"methodNotFound","method":"no.such"}}},{"jsonrpc":"2.0","id":"a","result":{"transfers":[]}},{"jsonrpc":"2.0","id":"c","error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}},{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}]

// A batch of one is answered by an array of one.
>> [{"jsonrpc":"2.0","id":1,"method":"transfers.list","params":["running"]}]
<< [{"jsonrpc":"2.0","id":1,"result":{"transfers":[]}}]

// An empty batch is answered by one error that is no array.
>> []
<< {"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"<text>","data":{"name":"invalidRequest","reason":"<text>"}}}

// A batch of notifications is not answered at all.
>> [{"jsonrpc":"2.0","method":"server.info"},{"jsonrpc":"2.0","method":"no.such"}]
>> {"jsonrpc":"2.0","id":2,"method":"transfers.list","params":["running"]}
<< {"jsonrpc":"2.0","id":2,"result":{"transfers":[]}}
