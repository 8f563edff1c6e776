// A blob that is not here. The empty one always is.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.get","params":{"id":"0000000000000000000000000000000000000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"0000000000000000000000000000000000000000000000000000000000000000","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.get","params":{"id":"blake2b-0000000000000000000000000000000000000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":404,"message":"<text>","data":{"name":"notFound","id":"blake2b-0000000000000000000000000000000000000000000000000000000000000000","...":"<any>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.get","params":{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
<< {"jsonrpc":"2.0","id":3,"result":{"id":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":0,"offset":0,"data":""}}
