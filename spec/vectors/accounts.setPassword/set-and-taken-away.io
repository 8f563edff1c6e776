// An account has no password until it is given one; another one replaces it.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-password","role":"user"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.setPassword","params":{"name":"vector-password","password":"a password of a vector"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[],"passwordSetAt":"<time>"}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.setPassword","params":{"name":"vector-password","password":"passwörter dürfen umlaute haben"}}
<< {"jsonrpc":"2.0","id":3,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[],"passwordSetAt":"<time>"}}
>> {"jsonrpc":"2.0","id":4,"method":"accounts.get","params":{"name":"vector-password"}}
<< {"jsonrpc":"2.0","id":4,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[],"passwordSetAt":"<time>"}}

// Without a password the account has none from then on; taking away what is not there is no error.
>> {"jsonrpc":"2.0","id":5,"method":"accounts.setPassword","params":{"name":"vector-password"}}
<< {"jsonrpc":"2.0","id":5,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":6,"method":"accounts.setPassword","params":{"name":"vector-password"}}
<< {"jsonrpc":"2.0","id":6,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}

// An account that is not there.
>> {"jsonrpc":"2.0","id":7,"method":"accounts.setPassword","params":{"name":"vector-nobody","password":"a password of a vector"}}
<< {"jsonrpc":"2.0","id":7,"error":{"code":404,"message":"<text>","data":{"name":"notFound","...":"<any>"}}}

// Taken away again.
>> {"jsonrpc":"2.0","id":8,"method":"accounts.delete","params":{"name":"vector-password"}}
<< {"jsonrpc":"2.0","id":8,"result":{"name":"vector-password","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
