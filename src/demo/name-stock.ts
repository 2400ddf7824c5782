/** Given and family names by community, for the made-up people of the demonstration. */

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

export const stock = {
  british: {
    given: words(`
      Joan Margaret Susan Linda Christine Patricia Maureen Sheila Brenda Pauline Janet Carol Denise Julie Karen Tracey
      Alison Helen Sarah Emma Claire Rachel Rebecca Laura Gemma Hannah Lucy Charlotte Megan Chloe Jessica Amy Bethany
      Ellie Grace Molly Daisy Poppy Freya Isla Ruth Judith Heather Wendy Jacqueline Dawn Michelle Lisa Nicola Vicky
      John David Michael Peter Brian Alan Keith Derek Trevor Barry Geoffrey Raymond Dennis Roy Graham Stephen Paul Mark
      Andrew Kevin Gary Ian Neil Martin Simon Richard Robert James Matthew Daniel Adam Luke Jack Thomas Joshua Ryan
      Callum Connor Jake Oliver Harry George Alfie Liam Ben Sam Charlie Joe Nathan Aaron Jamie Lewis Philip Anthony
      Colin Clive Norman Stuart Darren Wayne Dean Craig Lee Shaun Carl`),
    family: words(`
      Smith Jones Taylor Brown Wilson Johnson Walker Wright Robinson Thompson White Hughes Edwards Green Hall Wood
      Harris Clarke Jackson Turner Hill Cooper Ward Moore Clark Baker Harrison King Morris Lee Martin Allen James Scott
      Watson Parker Bennett Young Cook Richardson Carter Bailey Shaw Bell Miller Cox Marshall Simpson Richards Adams
      Chapman Gray Mills Webb Rogers Gibson Hunt Palmer Holmes Barnes Knight Lloyd Butler Russell Fisher Barker Stevens
      Jenkins Dixon Fletcher Hart Booth Fox Lawson Newton Rhodes Wragg Hallam Bramley Sykes Broadbent Ackroyd Earnshaw
      Hargreaves Ramsbottom Entwistle Ogden Clegg Duckworth Lowe Birch Tranter Hodgkiss Bayliss Perks Round Whitehouse
      Trelawny Penrose Tregear Pascoe Chubb Coombes Yeo Luscombe Pike Fry Stubbs Heppell Nattrass Charlton Robson Dodds
      Milburn Hepple Youll Cave Pegg Thirtle Catchpole Garrod Bloomfield Cutting Sparrow Mayhew Larkin Funnell Akehurst
      Wickens Tanner Goodchild Pettit Marsh Rowe Storey Whitaker Stead Naylor Lister Dyson Crowther Oldroyd Haigh Firth
      Nuttall Kershaw Pickles Shackleton Tattersall Whittle Bagnall Colclough Machin Salt Beech Tunstall Wheatcroft
      Beardsley Limb Straw Oscroft Bexon Clay Bonser Housley Leivers Cotterill Gilbert Frost Bolton Riley Cartwright`),
  },
  scottish: {
    given: words(`
      Eilidh Catriona Morag Fiona Shona Kirsty Mhairi Ailsa Iona Isla Skye Moira Lorna Senga Jean Agnes Elspeth Rhona
      Heather Lynsey Kirsteen Ishbel Aileen Sheena Jeanette Hamish Angus Alasdair Callum Euan Fraser Gordon Duncan Iain
      Rory Craig Grant Kenneth Donald Archie Finlay Gregor Struan Murdo Malcolm Ross Scott Blair Logan Robbie Alistair`),
    family: words(`
      MacDonald MacLeod Campbell Stewart Robertson Thomson Anderson Reid Murray Morrison Fraser Ross Cameron Hamilton
      Kerr Ferguson Grant Henderson Paterson McKenzie McIntosh McKay Sinclair Duncan Mackie Gillespie Drummond Baird
      Crawford Boyle Docherty Rennie Laird Ramsay Melville Lindsay Buchan Geddes Cairns Lennox Muir Lamont Nicolson
      Sutherland Urquhart Wallace Weir Haldane Kilbride McAllister McLean McGregor Galbraith Imrie Dalgleish`),
  },
  welsh: {
    given: words(`
      Siân Megan Cerys Bronwen Carys Ffion Lowri Nia Rhiannon Angharad Elin Mair Gwen Catrin Bethan Delyth Eirlys Menna
      Non Heledd Glenys Mari Eleri Branwen Rhys Dylan Gareth Owain Ieuan Gwyn Huw Emyr Iwan Aled Geraint Dafydd Alun
      Hywel Tomos Macsen Ifan Idris Gethin Meirion Elwyn Glyn Wyn Llew Osian Steffan`),
    family: words(`
      Jones Davies Williams Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Rees Price Morris
      Richards Lloyd Phillips Parry Powell Jenkins Harris Howells Bowen Pritchard Vaughan Rowlands Bevan Gwilym Prosser
      Probert Llewellyn Meredith Humphreys Beynon Tudor Watkins Protheroe Maddocks Gittins Ellis Hopkins`),
  },
  irish: {
    given: words(`
      Siobhán Aoife Niamh Ciara Orla Gráinne Bernadette Máire Deirdre Sinéad Róisín Bronagh Eimear Clodagh Una Nuala
      Caoimhe Colleen Philomena Teresa Patrick Seán Declan Brendan Conor Cormac Eoin Fergal Kieran Liam Niall Ronan
      Aidan Dermot Eamonn Gerard Malachy Colm Finbar Rory Donal Ciarán Martin Desmond`),
    family: words(`
      Murphy Kelly O’Sullivan Walsh O’Brien Byrne Ryan O’Connor O’Neill O’Reilly Doyle McCarthy Gallagher Doherty
      Kennedy Lynch Quinn McLaughlin O’Donnell Duffy Maguire McKenna Donnelly Mallon Devlin McCann Magee Hanna Girvan
      Irvine Beattie McIlroy Boyd Nesbitt Kane Breen Toner McGuigan McAteer Heaney Rafferty Mulholland Loughran`),
  },
  caribbean: {
    given: words(`
      Marcia Yvonne Beverley Sonia Pauline Hyacinth Claudette Jennifer Shanice Jasmine Tanya Chantelle Leanne Naomi
      Ebony Simone Tamika Aaliyah Keisha Monique Winston Delroy Errol Carlton Leroy Clive Desmond Everton Trevor Neville
      Jermaine Tyrone Dwayne Andre Marlon Curtis Nathaniel Isaiah Kyle Tyrell Marcus Jerome`),
    family: words(`
      Campbell Brown Williams Gordon Francis Grant Clarke Henry Thompson Reid Samuels Bailey McKenzie Morrison Powell
      Gayle Blake Dacosta Lindo Pinnock Bogle Sinclair Cumberbatch Braithwaite Alleyne Bovell Joseph Baptiste Charles
      Pierre Ricketts Hinds Lashley Wiltshire Bernard Palmer Levy`),
  },
  nigerian: {
    given: words(`
      Ngozi Chioma Adaeze Ifeoma Amara Folake Funmilayo Titilayo Bukola Yetunde Blessing Grace Esther Chidinma Simisola
      Temitope Olamide Chinedu Emeka Obinna Ikenna Tunde Segun Femi Kayode Babatunde Olumide Wale Kelechi Uche Chukwuma
      Ayodele Samuel Emmanuel David Tobi Efe Osaze`),
    family: words(`
      Okafor Okonkwo Eze Nwosu Obi Adeyemi Adebayo Ogunleye Balogun Afolabi Adeleke Ojo Bello Oyelaran Akinola Onyeka
      Chukwu Nnamdi Ibekwe Uzor Osagie Edozie Fashola Oladipo Akande Anyanwu Igwe Olatunji Salami Ekwueme`),
  },
  ghanaian: {
    given: words(`
      Ama Abena Akosua Yaa Afua Efua Adwoa Esi Maame Gifty Comfort Mercy Patience Kwame Kofi Kwesi Yaw Kojo Kwabena Kwaku
      Nana Ebo Ekow Felix Emmanuel Isaac Prince Samuel Josephine Vida`),
    family: words(`
      Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoako Ofori Acheampong Sarpong Antwi Addo Quaye Darko Frimpong
      Ansah Badu Tetteh Annan Baffour Donkor Gyamfi Opoku`),
  },
  somali: {
    given: words(`
      Hodan Ifrah Sagal Fadumo Halima Amina Khadra Sahra Ayaan Hibo Zahra Nimco Idil Abdi Mohamed Abdirahman Mahad Liban
      Yusuf Ahmed Hassan Guled Bashir Faisal Jama Omar Ismail`),
    family: words(`
      Abdi Ali Hassan Mohamed Warsame Farah Jama Omar Yusuf Ismail Hussein Adan Nur Aden Duale Egal Samatar Guled Barre
      Abdullahi Osman Sheikh Mire`),
  },
  pakistani: {
    given: words(`
      Amina Ayesha Fatima Nadia Sadia Saima Shazia Rukhsana Nasreen Shabana Zainab Maryam Hafsa Iqra Sana Uzma Farzana
      Rabia Samina Noreen Tahira Khadija Mohammed Imran Asif Tariq Nadeem Usman Bilal Hamza Zahid Shahid Javed Khalid
      Saeed Waqas Adeel Faisal Kashif Sajid Naveed Yasin Haroon Zeeshan Ibrahim Rizwan Arshad`),
    family: words(`
      Khan Hussain Ahmed Akhtar Mahmood Malik Iqbal Mirza Shah Sheikh Butt Chaudhry Farooq Rashid Qureshi Aslam Riaz
      Bashir Younis Hanif Saleem Siddiqui Raja Bhatti Ashraf Nawaz Rafiq Tariq Zaman Mahmud Ishaq Latif Awan`),
  },
  bangladeshi: {
    given: words(`
      Rahima Shirin Nazma Farhana Tasnim Sultana Rukshana Shaheda Nasima Jahanara Fahmida Sumaiya Tahmina Abdul Shah
      Rafiq Kamal Jahangir Shafiq Mizanur Anwar Habib Rahim Faruk Nazrul Tanvir Sajjad Mahbub Ashik`),
    family: words(`
      Begum Uddin Miah Rahman Islam Choudhury Ali Hoque Khatun Ahmed Haque Alam Hossain Chowdhury Sarkar Karim Mollah
      Talukdar Bhuiyan Kabir Siddique`),
  },
  indian: {
    given: words(`
      Priya Anjali Meera Nisha Kavita Sunita Pooja Bhavna Hema Jyoti Rekha Sejal Hetal Nina Asha Diya Isha Aarti Geeta
      Raj Amit Sanjay Nikhil Vijay Rakesh Suresh Bharat Hitesh Kishan Dipak Mahesh Jayesh Rohan Arjun Anil Ashok Pravin
      Chetan Vikram Manoj Kunal`),
    family: words(`
      Patel Shah Mistry Desai Sharma Gupta Joshi Mehta Parmar Solanki Chauhan Modi Thakkar Bhatt Nair Iyer Rao Reddy
      Menon Pillai Trivedi Amin Vyas Pandya Lad Kotecha Popat Chavda Varma Kapoor Malhotra Das Banerjee Sen`),
  },
  sikh: {
    given: words(`
      Harpreet Jaspreet Manjit Balvinder Kuldip Surinder Gurpreet Simran Navdeep Parminder Satnam Amarjit Jasvir Kiran
      Sukhdev Ravinder Gurmeet Hardeep Rajinder Baljit Tejinder Inderjit Daljit Jagdeep Mandeep Pardeep Avtar Mohinder`),
    family: words(`
      Singh Kaur Gill Sandhu Dhillon Sidhu Grewal Bains Johal Sahota Dosanjh Uppal Atwal Virk Bhogal Matharu Rai Mann
      Purewal Sangha Hayer Dhaliwal Bassi Chana Thandi Basra`),
  },
  tamil: {
    given: words(`
      Kavitha Shanthi Vasuki Thulasi Abirami Nirmala Priyanka Sutharshini Kumar Siva Suresh Rajan Nimalan Ravi Sathish
      Pradeep Kugan Ganesh Thushara`),
    family: words(`
      Sivakumar Rajaratnam Nadarajah Selvarajah Kandiah Ponnambalam Balasingham Yogarajah Thambirajah Arulanantham
      Murugesu Vigneswaran Ratnam Jeyakumar`),
  },
  polish: {
    given: words(`
      Agnieszka Katarzyna Magdalena Joanna Małgorzata Ewa Monika Anna Zofia Karolina Dorota Beata Iwona Julia Tomasz
      Piotr Krzysztof Marcin Paweł Łukasz Michał Grzegorz Jakub Adam Andrzej Marek Kamil Wojciech Rafał Dariusz`),
    family: words(`
      Kowalski Nowak Wiśniewski Wójcik Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur
      Jankowski Krawczyk Kaczmarek Piotrowski Grabowski Pawlak Michalak Król Wieczorek Jabłoński Nowicki Adamczyk
      Dudek Stępień Górski Sikora Baran`),
  },
  romanian: {
    given: words(`
      Andreea Elena Ioana Maria Cristina Mihaela Alina Raluca Simona Daniela Gabriela Andrei Alexandru Mihai Ionuț
      Florin Cristian Adrian Bogdan Marius Vlad Ștefan Radu Cosmin Nicolae`),
    family: words(`
      Popescu Ionescu Popa Dumitru Stan Stoica Gheorghe Rusu Munteanu Matei Constantin Marin Lazăr Ciobanu Florea Dinu
      Moldovan Toma Barbu Nistor Preda Ungureanu`),
  },
  portuguese: {
    given: words(`
      Ana Inês Sofia Beatriz Carla Fernanda Luísa Teresa Rita Catarina João Pedro Miguel Rui Tiago Nuno Carlos Paulo
      Diogo Hugo Jorge Manuel`),
    family: words(`
      Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques
      Almeida Ribeiro Pinto Carvalho Teixeira`),
  },
  chinese: {
    given: words(`
      Mei Ling Xiu Yan Hui Jing Wai-Ling Ka-Yan Winnie Vivian Jenny Helen Grace Wei Jun Chi-Ming Kwok-Wai Ka-Ho Jason
      Kevin Raymond Eric Alan Terence`),
    family: words(
      `Chan Wong Lee Cheung Lam Ng Leung Chow Ho Tang Yip Lau Fung Wu Zhang Wang Li Liu Chen Yang Kwok Tsang`,
    ),
  },
  turkish: {
    given: words(`
      Ayşe Fatma Elif Zeynep Emine Hatice Gül Leyla Sevgi Filiz Berfin Mehmet Mustafa Hüseyin Emre Murat Cem Deniz Hasan
      Kemal Serkan Baran Azad Ozan`),
    family: words(
      `Yılmaz Demir Kaya Çelik Şahin Aydın Arslan Doğan Kılıç Aslan Polat Koç Özdemir Bulut Güneş Aksoy Taş`,
    ),
  },
  arab: {
    given: words(`
      Layla Noor Hanan Salma Rania Dina Huda Mariam Yasmin Samira Amal Nadine Omar Karim Youssef Khaled Tarek Samir Ali
      Hisham Mustafa Anas Walid Ziad Sami`),
    family: words(`
      Hassan Haddad Khalil Mansour Saleh Nasser Aziz Saeed Al-Amin Darwish Hamdan Najjar Kassem Farouk Mahdi Sabri
      Qasim Yassin Bakri Saad`),
  },
  iranian: {
    given: words(`
      Maryam Shirin Nasrin Parisa Leila Roya Zahra Azadeh Reza Amir Hossein Farhad Dariush Kaveh Babak Saman Navid
      Behrouz Arman`),
    family: words(`
      Ahmadi Hosseini Rahimi Karimi Moradi Jafari Sadeghi Rezaei Kazemi Tehrani Shirazi Mohammadi Amini Rostami
      Azizi Noori`),
  },
  filipino: {
    given: words(`
      Maricel Rosalie Jocelyn Grace Lourdes Marites Cristina Analyn Rowena Jose Mark Ronaldo Jayson Roberto Edwin Arnel
      Rodel`),
    family: words(
      `Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Villanueva Ramos Aquino Dela-Cruz Castillo Navarro Salazar`,
    ),
  },
  jewish: {
    given: words(`
      Miriam Naomi Esther Deborah Leah Hannah Rachel Talia Shoshana Judith Ruth Daniel Jonathan Adam Benjamin David Joel
      Reuben Saul Nathan Asher Gideon`),
    family: words(`
      Cohen Levy Goldberg Kaplan Rosen Friedman Shapiro Lewin Abrahams Bloom Marks Solomon Kessler Franks Salinger
      Harris Jacobs`),
  },
  greek: {
    given: words(`
      Maria Eleni Androulla Despina Katerina Sophia Georgia Andreas Costas Nicos George Christos Panayiotis Stavros
      Yiannis Dimitri`),
    family: words(
      `Georgiou Constantinou Christodoulou Ioannou Demetriou Charalambous Savva Nicolaou Michael Kyriacou Andreou`,
    ),
  },
} as const satisfies Record<string, { given: readonly string[]; family: readonly string[] }>
