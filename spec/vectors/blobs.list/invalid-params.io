// Each constraint of the contract is held.
// A prefix with what no id has, one that is too long, one that is no string.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.list","params":{"prefix":"AB"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.list","params":{"prefix":"../"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.list","params":{"prefix":"0000000000000000000000000000000000000000000000000000000000000000000000000"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.list","params":{"prefix":12}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/prefix","reason":"<text>"}}}

// A limit below the least and above the most, a fraction, text.
>> {"jsonrpc":"2.0","id":5,"method":"blobs.list","params":{"limit":0}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":6,"method":"blobs.list","params":{"limit":10001}}
<< {"jsonrpc":"2.0","id":6,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":7,"method":"blobs.list","params":{"limit":1.5}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":8,"method":"blobs.list","params":{"limit":"10"}}
<< {"jsonrpc":"2.0","id":8,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":9,"method":"blobs.list","params":{"limit":100000000000000000000}}
<< {"jsonrpc":"2.0","id":9,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/limit","reason":"<text>"}}}

// A cursor that is empty, too long, or no server ever gave.
>> {"jsonrpc":"2.0","id":10,"method":"blobs.list","params":{"cursor":""}}
<< {"jsonrpc":"2.0","id":10,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":11,"method":"blobs.list","params":{"cursor":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}
<< {"jsonrpc":"2.0","id":11,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":12,"method":"blobs.list","params":{"cursor":"not a cursor"}}
<< {"jsonrpc":"2.0","id":12,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/cursor","reason":"<text>"}}}

// Unknown, and too many.
>> {"jsonrpc":"2.0","id":13,"method":"blobs.list","params":{"after":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}
<< {"jsonrpc":"2.0","id":13,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/after","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":14,"method":"blobs.list","params":["",null,1,1]}
<< {"jsonrpc":"2.0","id":14,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
