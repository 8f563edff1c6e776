// What is given changes, what is not stays.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-update","role":"user"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-update","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.update","params":{"name":"vector-update","role":"admin"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-update","role":"admin","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.update","params":{"name":"vector-update","disabled":true}}
<< {"jsonrpc":"2.0","id":3,"result":{"name":"vector-update","role":"admin","disabled":true,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":4,"method":"accounts.update","params":{"name":"vector-update"}}
<< {"jsonrpc":"2.0","id":4,"result":{"name":"vector-update","role":"admin","disabled":true,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}

// One that is not there.
>> {"jsonrpc":"2.0","id":5,"method":"accounts.update","params":{"name":"vector-nobody","disabled":true}}
<< {"jsonrpc":"2.0","id":5,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}

// Taken away again.
>> {"jsonrpc":"2.0","id":6,"method":"accounts.delete","params":{"name":"vector-update"}}
<< {"jsonrpc":"2.0","id":6,"result":{"name":"vector-update","role":"admin","disabled":true,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
