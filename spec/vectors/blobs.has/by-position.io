// Parameters go by position too; errors point by name all the same.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.has","params":[["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]]}
<< {"jsonrpc":"2.0","id":1,"result":{"present":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"missing":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.has","params":[["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","nothing"]]}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/1","reason":"<text>"}}}
