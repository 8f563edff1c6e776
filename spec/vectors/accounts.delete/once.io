// An account is removed once.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-delete","role":"user"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-delete","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.delete","params":{"name":"vector-delete"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-delete","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.delete","params":{"name":"vector-delete"}}
<< {"jsonrpc":"2.0","id":3,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}
