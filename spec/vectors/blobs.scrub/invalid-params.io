// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"blobs.scrub","params":{"wait":"yes"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/wait","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"blobs.scrub","params":{"wait":true,"progress":1.5}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/progress","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":3,"method":"blobs.scrub","params":{"wait":true,"progress":{"token":1}}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/progress","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":4,"method":"blobs.scrub","params":{"fast":true}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/fast","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":5,"method":"blobs.scrub","params":[true,1,1]}
<< {"jsonrpc":"2.0","id":5,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"","reason":"<text>"}}}
