// One of the words that the contract has, as it has them.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.download","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"onMissing":"Skip"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/onMissing","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.download","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"onMissing":"ignore"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/onMissing","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.download","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"onMissing":0}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/onMissing","reason":"<text>"}}}
