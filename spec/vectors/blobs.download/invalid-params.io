// The parameters are held against the contract before anything is looked up.
// The list is missing.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.download"}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.download","params":{}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.download","params":[]}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}

// The list is no list.
>> {"jsonrpc":"2.0","id":4,"method":"blobs.download","params":{"ids":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.download","params":{"ids":null}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"blobs.download","params":{"ids":{"0":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}

// The list is empty.
>> {"jsonrpc":"2.0","id":7,"method":"blobs.download","params":{"ids":[]}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/ids","reason":"<text>"}}}

// A parameter that there is not, and one too many by position.
>> {"jsonrpc":"2.0","id":8,"method":"blobs.download","params":{"ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"hurry":true}}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/hurry","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":9,"method":"blobs.download","params":[["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],true,true,true]}
<< {"jsonrpc":"2.0","id":9,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/onMissing","reason":"<text>"}}}

// A name is compared byte for byte.
>> {"jsonrpc":"2.0","id":10,"method":"blobs.download","params":{"Ids":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]}}
<< {"jsonrpc":"2.0","id":10,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/Ids","reason":"<text>"}}}
