// A token that is none, whatever it looks like.
>> {"jsonrpc":"2.0","id":1,"method":"auth.resume","params":{"token":"AAAA"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":401,"message":"<text>","data":{"name":"unauthenticated","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"auth.resume","params":{"token":"rpcstore_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":401,"message":"<text>","data":{"name":"unauthenticated","...":"<any>"}}}
