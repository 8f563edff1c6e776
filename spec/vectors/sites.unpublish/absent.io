// A site that is not there.
>> {"jsonrpc":"2.0","id":1,"method":"sites.unpublish","params":{"address":"/vector-absent"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"/vector-absent","reason":"site"}}}
