// What is not a list of blob ids is refused with a pointer to the place.
// Capital letters.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.delete","params":{"ids":["E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"]}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// A path that leaves the store.
>> {"jsonrpc":"2.0","id":2,"method":"blobs.delete","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","../../etc/passwd"]}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/1","reason":"<text>"}}}

// 63 digits.
>> {"jsonrpc":"2.0","id":3,"method":"blobs.delete","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85"]}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// 65 digits.
>> {"jsonrpc":"2.0","id":4,"method":"blobs.delete","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550"]}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// Another prefix.
>> {"jsonrpc":"2.0","id":5,"method":"blobs.delete","params":{"ids":["sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// The prefix of BLAKE2b in capital letters.
>> {"jsonrpc":"2.0","id":6,"method":"blobs.delete","params":{"ids":["BLAKE2B-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// Spaces around an id.
>> {"jsonrpc":"2.0","id":7,"method":"blobs.delete","params":{"ids":[" e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// An empty id.
>> {"jsonrpc":"2.0","id":8,"method":"blobs.delete","params":{"ids":[""]}}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}

// A number and a null in place of an id.
>> {"jsonrpc":"2.0","id":9,"method":"blobs.delete","params":{"ids":[7]}}
<< {"jsonrpc":"2.0","id":9,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/0","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":10,"method":"blobs.delete","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",null]}}
<< {"jsonrpc":"2.0","id":10,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids/1","reason":"<text>"}}}
