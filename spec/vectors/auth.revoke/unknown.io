// A session that is not open.
>> {"jsonrpc":"2.0","id":1,"method":"auth.revoke","params":{"id":"00000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
