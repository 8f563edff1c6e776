// Each constraint of the contract is held.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.removeKey","params":{"name":"x"}}
<< {"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/fingerprint","reason":"<text>"}}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.removeKey","params":{"name":"x","fingerprint":"MD5:00"}}
<< {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"<text>","data":{"name":"invalidParams","pointer":"/fingerprint","reason":"<text>"}}}
