// Each constraint of the contract is held.
// No data, data that is null, no string.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.put","params":{}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.put","params":{"data":null}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.put","params":{"data":[1,2]}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}

// Not base64: no padding, white space, the URL alphabet, other characters.
>> {"jsonrpc":"2.0","id":4,"method":"blobs.put","params":{"data":"aGVsbG8"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.put","params":{"data":"aGVs\nbG8="}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"blobs.put","params":{"data":"_-8="}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":7,"method":"blobs.put","params":{"data":"%%%%"}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/data","reason":"<text>"}}}

// An id that is none.
>> {"jsonrpc":"2.0","id":8,"method":"blobs.put","params":{"data":"","id":"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"}}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/id","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":9,"method":"blobs.put","params":{"data":"","id":"../e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
<< {"jsonrpc":"2.0","id":9,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/id","reason":"<text>"}}}

// Unknown, and too many.
>> {"jsonrpc":"2.0","id":10,"method":"blobs.put","params":{"data":"","size":0}}
<< {"jsonrpc":"2.0","id":10,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/size","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":11,"method":"blobs.put","params":["","e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",1]}
<< {"jsonrpc":"2.0","id":11,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
