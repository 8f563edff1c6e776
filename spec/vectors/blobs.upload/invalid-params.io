// A method without parameters takes none.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.upload","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.upload","params":[1]}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
