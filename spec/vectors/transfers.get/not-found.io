// A transfer that there never was.
>> {"jsonrpc":"2.0","id":1,"method":"transfers.get","params":{"id":"00000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"00000000000000000000000000000000","...":"<any>"}}}
