// What is no address, or the server's own, is refused.
>> {"jsonrpc":"2.0","id":1,"method":"sites.publish","params":{"flist":"absent","account":"local","prefix":"/rpc"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":409,"message":"<text>","data":{"name":"conflict","id":"/rpc","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"sites.publish","params":{"flist":"absent","account":"local","prefix":"docs"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"sites.publish","params":{"flist":"absent","account":"local","domain":"127.0.0.1"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/domain","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"sites.publish","params":{"flist":"absent","account":"local"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"sites.publish","params":{"flist":"absent","account":"local","prefix":"/absent"}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"local/absent","reason":"flist"}}}
