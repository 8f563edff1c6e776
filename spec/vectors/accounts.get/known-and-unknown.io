// An account that was just made.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-get","role":"admin"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-get","role":"admin","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.get","params":{"name":"vector-get"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-get","role":"admin","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.get","params":["vector-get"]}
<< {"jsonrpc":"2.0","id":3,"result":{"name":"vector-get","role":"admin","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}

// One that is not there.
>> {"jsonrpc":"2.0","id":4,"method":"accounts.get","params":{"name":"vector-nobody"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}

// Taken away again.
>> {"jsonrpc":"2.0","id":5,"method":"accounts.delete","params":{"name":"vector-get"}}
<< {"jsonrpc":"2.0","id":5,"result":{"name":"vector-get","role":"admin","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
