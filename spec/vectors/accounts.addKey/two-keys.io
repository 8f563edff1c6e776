// Without a label, the comment of the line is it.
>> {"jsonrpc":"2.0","id":1,"method":"accounts.create","params":{"name":"vector-add-key","role":"user"}}
<< {"jsonrpc":"2.0","id":1,"result":{"name":"vector-add-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[]}}
>> {"jsonrpc":"2.0","id":2,"method":"accounts.addKey","params":{"name":"vector-add-key","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz","label":"phone"}}
<< {"jsonrpc":"2.0","id":2,"result":{"name":"vector-add-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:4lMsIwiQIg4veKWoiAMHt6YLXEThVkx7BEztjiIujj8","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz","label":"phone","addedAt":"<time>"}]}}
>> {"jsonrpc":"2.0","id":3,"method":"accounts.addKey","params":{"name":"vector-add-key","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJN8ixwKQ9I2ESORiHrsQtEujeiWoDtqdsi+3QvSGwLX somebody@somewhere"}}
<< {"jsonrpc":"2.0","id":3,"result":{"name":"vector-add-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:4lMsIwiQIg4veKWoiAMHt6YLXEThVkx7BEztjiIujj8","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz","label":"phone","addedAt":"<time>"},{"fingerprint":"SHA256:Vi0SrBxR3Hm93Q376J16E8eGcaeRW2+mgc+oSs31fOM","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJN8ixwKQ9I2ESORiHrsQtEujeiWoDtqdsi+3QvSGwLX","label":"somebody@somewhere","addedAt":"<time>"}]}}

// A key belongs to one account, and to that once.
>> {"jsonrpc":"2.0","id":4,"method":"accounts.addKey","params":{"name":"vector-add-key","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz"}}
<< {"jsonrpc":"2.0","id":4,"error":{"code":409,"message":"<text>","data":{"name":"conflict","...":"<any>"}}}

// Taken away again.
>> {"jsonrpc":"2.0","id":5,"method":"accounts.delete","params":{"name":"vector-add-key"}}
<< {"jsonrpc":"2.0","id":5,"result":{"name":"vector-add-key","role":"user","disabled":false,"createdAt":"<time>","updatedAt":"<time>","keys":[{"fingerprint":"SHA256:4lMsIwiQIg4veKWoiAMHt6YLXEThVkx7BEztjiIujj8","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPjR4FTinR1OaIzIQaDtTtoKnktb/7gYA2DW2pCu/jlz","label":"phone","addedAt":"<time>"},{"fingerprint":"SHA256:Vi0SrBxR3Hm93Q376J16E8eGcaeRW2+mgc+oSs31fOM","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJN8ixwKQ9I2ESORiHrsQtEujeiWoDtqdsi+3QvSGwLX","label":"somebody@somewhere","addedAt":"<time>"}]}}
