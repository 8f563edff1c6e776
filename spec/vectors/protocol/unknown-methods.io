// What the contract does not have is not found, whatever it resembles.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.HAS","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"<text>","data":{"name":"methodNotFound","method":"blobs.HAS"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs"}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"<text>","data":{"name":"methodNotFound","method":"blobs"}}}
>> {"jsonrpc":"2.0","id":3,"method":""}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"<text>","data":{"name":"methodNotFound","method":""}}}
>> {"jsonrpc":"2.0","id":4,"method":"rpc.listMethods"}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32601,"message":"<text>","data":{"name":"methodNotFound","method":"rpc.listMethods"}}}
