// The OpenRPC document of this server.
>> {"jsonrpc":"2.0","id":1,"method":"rpc.discover"}
<< {"jsonrpc":"2.0","id":1,"result":{"openrpc":"1.3.2","info":{"title":"RpcStore","version":"<text>","...":"<any>"},"methods":"<list>","components":{"...":"<any>"},"...":"<any>"}}
