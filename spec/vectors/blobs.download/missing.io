// With error, the default, everything must be here, and what is not is named. With skip it is left out.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.download","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","1111111111111111111111111111111111111111111111111111111111111111"]}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound","missing":["0000000000000000000000000000000000000000000000000000000000000000","1111111111111111111111111111111111111111111111111111111111111111"],"missingCount":2,"...":"<any>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.download","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000"],"onMissing":"error"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":404,"message":"<text>","data":{"name":"notFound","missing":["0000000000000000000000000000000000000000000000000000000000000000"],"missingCount":1,"...":"<any>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.download","params":{"ids":["0000000000000000000000000000000000000000000000000000000000000000","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"onMissing":"skip"}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"<transfer=hex32>","kind":"download","state":"pending","method":"GET","url":"/transfers/<token>","...":"<any>"}}
>> {"jsonrpc":"2.0","id":4,"method":"transfers.cancel","params":{"id":"<transfer>"}}
<< {"jsonrpc":"2.0","id":4,"result":{"id":"<transfer>","kind":"download","state":"cancelled","...":"<any>"}}
