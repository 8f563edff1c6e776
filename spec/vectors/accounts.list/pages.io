// Accounts in the order of their names. Others may be there as well.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.list","params":{"limit":1}}
<< {"jsonrpc":"2.0","id":1,"result":{"accounts":"<list>","...":"<any>"}}
